-- What PostgreSQL does better when it is told so.

-- Pieces need no log: a server that crashed has none, and their boxes send them again. With a log every film
-- would be written twice more. They come and go, and nothing compresses them.
alter table image_part set unlogged;
alter table image_part alter column body set storage external;
alter table image_part set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_cost_delay = 0, toast.autovacuum_vacuum_scale_factor = 0,
    toast.autovacuum_vacuum_threshold = 200000, toast.autovacuum_vacuum_cost_delay = 0);
-- Bundles are compressed already.
alter table record alter column body set storage external;
