-- Version 4: others than boxes that send, and what they sent.

-- Programmes, imaging systems, FHIR clients. Each has a token.
create table source (
    name text primary key,
    token blob not null unique check (length(token) = 32), -- SHA-256; the token itself is not kept
    reads_all integer not null check (reads_all in (0, 1)), -- 1: may read what all sources have sent
    made_ms integer not null,
    closed_ms integer,                   -- null: may speak
    seen_ms integer                      -- when it last sent something; null: never
) strict;

-- DICOM objects. The same UID with another content is a row of its own: both are kept.
create table dicom_object (
    source text not null references source (name),
    uid text not null,                   -- SOP Instance UID
    hash blob not null check (length(hash) = 32), -- SHA-256 of the file images/<hash>
    class_uid text not null,
    study_uid text not null,
    series_uid text not null,
    syntax text not null,
    patient text not null,               -- Patient ID
    pixels integer not null check (pixels in (0, 1)),
    size_bytes integer not null,
    header blob not null,                -- everything before the pixels, DICOM JSON, compressed
    conflict integer not null default 0 check (conflict in (0, 1)), -- 1: this UID came with another content, too
    received_ms integer not null,
    primary key (source, uid, hash)
) strict;
create index dicom_object_by_study on dicom_object (study_uid, series_uid, uid);
create index dicom_object_by_uid on dicom_object (uid);
create index dicom_object_by_patient on dicom_object (patient);
create index dicom_object_newest on dicom_object (received_ms) where pixels = 1;

-- FHIR bundles as they came, and what was answered.
create table fhir_bundle (
    source text not null references source (name),
    hash blob not null check (length(hash) = 32),
    body blob not null,                  -- compressed
    answer blob not null,                -- compressed
    received_ms integer not null,
    primary key (source, hash)
) strict;

-- FHIR resources as the newest bundle has them.
create table fhir_resource (
    id text primary key,
    source text not null references source (name),
    kind text not null,
    version integer not null check (version > 0),
    body blob not null,                  -- compressed
    updated_ms integer not null
) strict;

-- Identifiers and tags, under which resources are found.
create table fhir_name (
    kind text not null,
    value text not null,
    system text not null,
    source text not null,
    id text not null references fhir_resource (id),
    primary key (kind, value, system, source, id)
) strict;
create index fhir_name_by_resource on fhir_name (id);
