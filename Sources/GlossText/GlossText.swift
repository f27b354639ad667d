// GlossText
