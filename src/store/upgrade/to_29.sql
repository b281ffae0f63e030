-- Version 29: support bundles on their way to the portal. docs/sync.md has the whole picture.

-- The sealed file of each consent; it lies in outbox/support while the consent holds.
create table support_bundle (
    consent integer primary key references support_consent (seq),
    hash blob not null check (length(hash) = 32), -- SHA-256 of the file
    size_bytes integer not null check (size_bytes > 0),
    order_portal blob check (length(order_portal) = 32), -- whose request it answers; null: nobody asked
    order_number integer,
    order_hash blob,
    portal blob check (length(portal) = 32), -- the portal that the columns below are about; null: none yet
    held_bytes integer not null default 0 check (held_bytes between 0 and size_bytes), -- as that portal says
    received_ms integer,                 -- of its receipt, by its clock; null: it has not signed
    signature blob check (length(signature) = 64),
    over integer not null default 0 check (over in (0, 1)), -- 1: that portal has let it go and takes no more
    foreign key (order_portal, order_number, order_hash) references portal_order (portal, number, hash),
    check ((received_ms is null) = (signature is null)),
    check (portal is not null or (held_bytes = 0 and received_ms is null and over = 0)),
    check ((order_portal is null) = (order_number is null) and (order_portal is null) = (order_hash is null))
) strict;

-- 1: a person has said yes to a request, and what it asks for is on its way. It stays when that has arrived.
alter table portal_order add column agreed integer not null default 0 check (agreed in (0, 1));
