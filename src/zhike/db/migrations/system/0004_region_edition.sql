-- Which edition of the administrative divisions zhike.region holds.

CREATE TABLE zhike.region_edition (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    version text NOT NULL
);
