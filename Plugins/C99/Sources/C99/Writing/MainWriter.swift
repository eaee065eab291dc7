/// Writes a program that reads rows of numbers and prints what the network makes of them.
struct MainWriter {
  let name: String

  /// The source.
  var source: String {
    let macro = name.uppercased()
    return """
      /* Reads rows of \(macro)_INPUTS numbers; prints the index of the largest output, then the outputs. */
      #include <stdio.h>

      #include "\(name).h"

      int main(void) {
        static float input[\(macro)_INPUTS];
        static float output[\(macro)_OUTPUTS];
        unsigned long row, i;

        for (row = 1;; row++) {
          for (i = 0; i < \(macro)_INPUTS; i++) {
            const int found = scanf("%f", &input[i]);

            if (found == EOF && i == 0) return 0;
            if (found != 1) {
              fprintf(stderr, "row %lu lacks number %lu\\n", row, i + 1);
              return 1;
            }
          }
          \(name)_infer(input, output);
          printf("%lu", (unsigned long)\(name)_largest(output));
          for (i = 0; i < \(macro)_OUTPUTS; i++) printf(" %.9g", (double)output[i]);
          printf("\\n");
        }
      }

      """
  }
}
