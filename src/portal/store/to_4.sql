-- Keys of boxes that follow one another, and what people of boxes write about orders.

-- Keys after a box's first one. The one in box.public_key is in use.
create table box_key (
    box_id blob not null references box (id),
    public_key blob not null check (length(public_key) = 32),
    proof text not null,                 -- links up to this key, each signed by both of its keys
    told_ms integer not null,
    used_ms integer,                     -- when the box first used it; null: not yet, both are accepted
    primary key (box_id, public_key)
) strict;
alter table box_order add column words text not null default ''; -- why a person of the box declined
