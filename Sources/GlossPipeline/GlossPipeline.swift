// GlossPipeline
