// GlossNN
