// Carries the link flags of ICU only; its headers are seen by CICU alone.
