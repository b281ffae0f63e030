-- Version 9: support bundles of boxes. docs/sync.md has the whole picture.

-- Each was sealed on its box for support alone: nobody here can open one. Rows stay when their bytes go, so that a
-- file that was carried for long brings nothing back.
create table support_bundle (
    box_id blob not null references box (id),
    consent integer not null check (consent > 0), -- the box's number for it
    hash blob not null check (length(hash) = 32), -- SHA-256 of the sealed file
    size_bytes integer not null check (size_bytes >= 0), -- 0: the box took it back before a byte came
    ends_ms integer not null,            -- when it is to be gone, by the portal's clock
    begun_ms integer not null,           -- when its first bytes came
    received_ms integer,                 -- when it was whole; null: it is not
    signature blob check (length(signature) = 64), -- of its receipt
    over_ms integer,                     -- when its bytes went; null: they are here
    primary key (box_id, consent, hash)
) strict;
create index support_bundle_ends on support_bundle (ends_ms) where over_ms is null;

-- Its bytes, piece by piece, at whichever replica they came in.
create table support_part (
    box_id blob not null references box (id),
    consent integer not null,
    hash blob not null check (length(hash) = 32),
    begins integer not null,             -- place of its first byte
    body blob not null,
    primary key (box_id, consent, hash, begins)
) strict;
