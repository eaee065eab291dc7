/* A shared library with nothing of qhost in it. */
int answer(void);
int answer(void) { return 42; }
