-- Version 2: outlined lungs, and heatmaps that cover a part of the radiograph.

-- The lungs of a reading.
create table lungs (
    photo_id blob primary key references reading (photo_id),
    model_id text not null,
    model_version text not null,
    model_sha256 blob not null check (length(model_sha256) = 32),
    width integer not null check (width > 0),
    height integer not null check (height > 0),
    cells blob not null,                 -- one byte a cell, row by row: 0 outside, 1 and 2 right and left lung, 3 and 4 the same with opacity
    repeat_base real not null,           -- error of the share of lung affected, percentage points
    repeat_slope real not null           -- its growth by point of share
) strict;

-- The part of the radiograph that a map covers, shares of its sides.
alter table score add column map_left real not null default 0;
alter table score add column map_top real not null default 0;
alter table score add column map_right real not null default 1;
alter table score add column map_bottom real not null default 1;
