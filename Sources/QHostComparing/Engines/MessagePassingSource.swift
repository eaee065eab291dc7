/// What is between this program and an MPI: four functions in C.
///
/// Each MPI has an ABI of its own, and numbers its constants otherwise; the headers of the one that the user's `mpirun` is
/// of are known to its `mpicc` alone. So this is compiled where it is used (decision 43).
enum MessagePassingSource {
  /// The source.
  static let text = """
    /* What qhost asks of an MPI. All calls come from one thread. */
    #include <mpi.h>
    #include <stddef.h>

    enum { TAG = 1 };

    /* Begins: 0, and the number of this rank and of all. Errors come back as codes from now on: without that, the loss of
       one rank would end this one too, where the MPI lets it live. */
    int qhost_mpi_begin(int *rank, int *count) {
      int level = 0;
      if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &level) != MPI_SUCCESS) return 1;
      if (MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN) != MPI_SUCCESS) return 1;
      return MPI_Comm_rank(MPI_COMM_WORLD, rank) != MPI_SUCCESS ||
             MPI_Comm_size(MPI_COMM_WORLD, count) != MPI_SUCCESS;
    }

    /* Sends: 0, or 1 when it cannot. */
    int qhost_mpi_send(int rank, const void *bytes, int count) {
      return MPI_Send(bytes, count, MPI_BYTE, rank, TAG, MPI_COMM_WORLD) != MPI_SUCCESS;
    }

    /* Takes what a rank has sent, without waiting: its bytes; -1: nothing; -2: the rank is lost; -3: more than there is
       room for. It asks for one rank at a time: what asks for any fails as soon as one is lost. */
    int qhost_mpi_receive(int rank, void *bytes, int room) {
      int there = 0, count = 0;
      MPI_Status status;
      if (MPI_Iprobe(rank, TAG, MPI_COMM_WORLD, &there, &status) != MPI_SUCCESS) return -2;
      if (!there) return -1;
      if (MPI_Get_count(&status, MPI_BYTE, &count) != MPI_SUCCESS) return -2;
      if (count > room) return -3;
      if (MPI_Recv(bytes, count, MPI_BYTE, rank, TAG, MPI_COMM_WORLD, &status) != MPI_SUCCESS) return -2;
      return count;
    }

    /* Ends, together with all other ranks. */
    int qhost_mpi_end(void) { return MPI_Finalize() != MPI_SUCCESS; }

    """
}
