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

-- Scores: a map may be missing, and covers a part of the radiograph.
create table score_2 (
    photo_id blob not null references reading (photo_id),
    finding text not null,
    evidence text not null check (evidence in ('assessed', 'hint')),
    score real not null check (score between 0 and 1),
    threshold real not null check (threshold between 0 and 1),
    band_low real not null,
    band_high real not null,
    call text not null check (call in ('above', 'below', 'indeterminate')),
    map blob,                            -- class activation map, little-endian f32, row by row; null: the network gives none
    map_width integer check (map_width > 0),
    map_height integer check (map_height > 0),
    map_left real,                       -- the part of the radiograph that the map covers, shares of its sides
    map_top real,
    map_right real,
    map_bottom real,
    check ((map is null) = (map_width is null) and (map is null) = (map_height is null)
        and (map is null) = (map_left is null) and (map is null) = (map_top is null)
        and (map is null) = (map_right is null) and (map is null) = (map_bottom is null)),
    primary key (photo_id, finding)
) strict;
insert into score_2 select photo_id, finding, evidence, score, threshold, band_low, band_high, call,
    map, map_width, map_height, 0.0, 0.0, 1.0, 1.0 from score;
drop table score;
alter table score_2 rename to score;

-- Findings without a score: one more reason.
create table not_assessed_2 (
    photo_id blob not null references reading (photo_id),
    finding text not null,
    reason text not null check (reason in
        ('not_in_model', 'channel_not_calibrated', 'below_validated_age', 'age_unknown')),
    min_age_years integer,
    primary key (photo_id, finding)
) strict;
insert into not_assessed_2 select * from not_assessed;
drop table not_assessed;
alter table not_assessed_2 rename to not_assessed;
