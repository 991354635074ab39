import fc from "fast-check";

/** The same runs each time, so that a change is what breaks a test; `PROPERTY_SEED` looks elsewhere (`npm run test:long`). */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? "20261124") });
