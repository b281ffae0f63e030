-- Version 8: pieces of images in the database, for portals of several machines; and sums of what is held
-- that need not read all of it.

-- Pieces of images that are not whole yet, without gaps.
create table image_part (
    box_id blob not null references box (id),
    hash blob not null check (length(hash) = 32), -- SHA-256 of the whole image
    begins integer not null check (begins >= 0), -- byte at which this piece begins
    body blob not null,
    received_ms integer not null,
    primary key (box_id, hash, begins)
) strict;
create index record_image on record (hash) where kind = 'image';

-- How far a box said that everything of it was received, and the sum up to there.
alter table box add column sum_seq integer not null default 0; -- last number in it
alter table box add column sum_count integer not null default 0; -- records in it
alter table box add column sum_state blob; -- the unfinished SHA-256; null: begin with the first record

-- Counted when a record comes in: a page of all boxes reads none of their records.
alter table box add column held integer not null default 0; -- records
alter table box add column conflicts integer not null default 0; -- records whose number came with other content before
update box set held = (select count(*) from record where box_id = box.id),
    conflicts = (select count(*) from record where box_id = box.id)
        - (select count(distinct seq) from record where box_id = box.id);
