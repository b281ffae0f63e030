-- Version 6: reflections on the lungs.

alter table digitised add column glare_on_lungs real
    check (glare_on_lungs between 0 and 100); -- share of both lungs under reflections, percent; null: not measured
