#ifndef QHOST_RUNTIME_ORPHANS_H
#define QHOST_RUNTIME_ORPHANS_H

/// From now on a process whose parent ends becomes a child of this one, and not of the system's first process.
///
/// Linux only; elsewhere it does nothing.
void qhost_adopt_orphans(void);

#endif
