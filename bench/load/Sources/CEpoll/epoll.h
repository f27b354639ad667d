// Glibc's module of Swift leaves this header out.
#include <sys/epoll.h>
