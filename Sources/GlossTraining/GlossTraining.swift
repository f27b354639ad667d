// GlossTraining
