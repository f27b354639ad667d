// Recurrent steps on the active instruction set.
#include "tiles.h"

void gloss_recur(const struct gloss_recurrent_step *step) { tiles_of(step->hidden_weight->element)->step(step); }
