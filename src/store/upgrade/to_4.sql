-- Version 4: what a person says about how a film lies in a photo, beside what the box had found.

-- One row for each correction; the newest of a photo is in force.
create table correction (
    seq integer primary key autoincrement,
    photo_id blob not null references photo (id),
    outline text not null,               -- corners as they lie in the photo, shares of its sides, x,y pairs with spaces
    turn_degrees integer not null check (turn_degrees in (0, 90, 180, 270)),
    mirrored integer not null check (mirrored in (0, 1)),
    inverted integer not null check (inverted in (0, 1)),
    found_corners text,                  -- what the box had found itself, as in digitised; null: no film
    found_turn_degrees integer check (found_turn_degrees in (0, 90, 180, 270)),
    found_mirrored integer check (found_mirrored in (0, 1)),
    found_inverted integer check (found_inverted in (0, 1)),
    replaced_radiograph blob check (length(replaced_radiograph) = 32), -- SHA-256 of the PNG that it replaces; null: there was none
    operator_id blob not null references operator (id),
    wall_ms integer not null,
    clock_trust text not null check (clock_trust in ('synced', 'unsynced')),
    check ((found_corners is null) = (found_turn_degrees is null)
        and (found_corners is null) = (found_mirrored is null)
        and (found_corners is null) = (found_inverted is null))
) strict;
create index correction_by_photo on correction (photo_id, seq);
create trigger correction_is_final_update before update on correction
begin select raise(abort, 'corrections are final'); end;
create trigger correction_is_final_delete before delete on correction
begin select raise(abort, 'corrections are final'); end;
