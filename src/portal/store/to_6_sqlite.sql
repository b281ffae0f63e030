-- Which kinds of records there are the program says. Taking a check away needs no new table: SQLite's page on
-- `alter table`, section 7.
pragma writable_schema = on;
update sqlite_schema set sql = replace(sql,
    ' check (kind in (''urgent'', ''study'', ''result'', ''follow_up'', ''report'', ''image''))', '')
    where type = 'table' and name = 'record';
pragma writable_schema = reset;
