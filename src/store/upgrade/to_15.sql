-- Version 15: what the administrator sets for the site on the pages.

-- Settings of the site, over those of the settings file. Names and ranges are in domain/site.rs.
create table site_setting (
    name text primary key,
    value text not null
) strict;
