// GlossStore
