/* One chain of one neuron, as plain_paths.c moves it. */
#ifndef PATHS_H
#define PATHS_H

typedef struct plain_chain {
  double x[512], drive[512], step, input;
} plain_chain;

void plain_start(plain_chain *chain, double coupling, int kinks);
void plain_local(plain_chain *chain, double width);
void plain_staging(plain_chain *chain, int length, int first);
double plain_activity(const plain_chain *chain);

#endif
