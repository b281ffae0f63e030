-- Version 27: programs that the portal offers, and how far each has come. docs/sync.md has the whole picture.

-- One row for each order of that kind that this box has taken up; what it says stands in the order.
create table portal_bundle (
    portal blob not null,
    number integer not null,
    hash blob not null,
    file_hash blob not null check (length(file_hash) = 32), -- SHA-256 of the bundle
    size_bytes integer not null check (size_bytes > 0),
    held_bytes integer not null default 0 check (held_bytes between 0 and size_bytes), -- on the disk for good
    fetches integer not null default 1,  -- how often its bytes were begun with
    stage text not null check (stage in ('fetching', 'no_room', 'ready', 'asked', 'ended')),
    manifest blob check (length(manifest) = 32), -- digest of its manifest, once its signature held
    kept integer not null default 0 check (kept in (0, 1)), -- 1: taken back for now, its bytes stay
    primary key (portal, number, hash),
    foreign key (portal, number, hash) references portal_order (portal, number, hash)
) strict;
-- One at a time: a later order ends the one before.
create unique index portal_bundle_open on portal_bundle (stage <> 'ended') where stage <> 'ended';
