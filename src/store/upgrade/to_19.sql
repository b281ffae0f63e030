-- Version 19: new networks compared with the one in use on films that were read already.

-- One comparison.
create table shadow_run (
    seq integer primary key autoincrement,
    pack_id text not null,               -- the new pack
    pack_version text not null,
    network blob not null check (length(network) = 32), -- SHA-256 of the new network
    against blob not null check (length(against) = 32), -- SHA-256 of the network in use when it began
    photo_seq_max integer not null,      -- films that came later are not part of it
    state text not null check (state in ('scoring', 'waiting', 'used', 'refused')),
    films integer,                       -- films compared; null: not ended
    calls integer,                       -- calls compared
    flips integer,                       -- calls that would change
    began_ms integer not null,
    began_trust text not null check (began_trust in ('synced', 'unsynced')),
    decided_by blob references operator (id), -- null: the box by its rule, or nobody yet
    decided_ms integer,
    decided_trust text check (decided_trust in ('synced', 'unsynced')),
    check ((state in ('used', 'refused')) = (decided_ms is not null)),
    check ((decided_ms is null) = (decided_trust is null)),
    check ((films is null) = (calls is null) and (films is null) = (flips is null))
) strict;
create index shadow_run_by_network on shadow_run (network, seq);

-- Films of a comparison that were looked at.
create table shadow_film (
    run integer not null references shadow_run (seq),
    photo_id blob not null references photo (id),
    scored integer not null check (scored in (0, 1)), -- 0: it could not be scored
    primary key (run, photo_id)
) strict;

-- What the new network says, with its own threshold; the site's own is applied when the comparison ends.
create table shadow_score (
    run integer not null references shadow_run (seq),
    photo_id blob not null,
    finding text not null,
    score real not null check (score between 0 and 1),
    threshold real not null check (threshold between 0 and 1),
    band_low real not null,
    band_high real not null,
    primary key (run, photo_id, finding),
    foreign key (run, photo_id) references shadow_film (run, photo_id)
) strict;
