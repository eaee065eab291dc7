import Foundation
import Testing

/// Programs with the names of Slurm's that note what they are asked, and do elements here.
///
/// A file `lose.K` in their folder makes element K end before it begins, once; `silent.K` leaves it running without a
/// process, once; `limit.K` makes it run out of time always, `memory.K` out of memory; `hold` keeps elements from beginning.
struct SchedulerStandIn: EngineStandIn {
  static let engine = "slurm"
  let folder: String

  init(_ program: Program) throws {
    folder = try Self.install(
      ["sbatch": Self.sbatch, "squeue": Self.squeue, "scancel": Self.scancel], program)
  }

  var submissions: [String] { lines(of: "sbatch.log") }
  var isFollowed: Bool { !submissions.isEmpty }
  /// What `scancel` was asked, a line each time.
  var cancelled: [String] { lines(of: "scancel.log") }

  /// What continues in the background keeps nothing open that its starter has: whoever started that would wait for it.
  private static let sbatch = """
    case $1 in --version) exit 0;; esac
    for place in /proc/$$/fd/*; do n=${place##*/}; [ $n -le 2 ] || [ $n -ge 250 ] || eval "exec $n>&-"; done
    echo "$@" >> $here/sbatch.log
    for word; do case $word in --array=*) list=${word#*=};; --comment=*) token=${word#*=};; esac; script=$word; done
    id=$(( $(cat $here/count 2>/dev/null || echo 100) + 1 )); echo $id > $here/count
    one() {
      say() { echo "$1|$2|$token|10:00|1G" > $here/state.$id.$1.new; mv $here/state.$id.$1.new $here/state.$id.$1; }
      if [ -e $here/lose.$1 ]; then rm $here/lose.$1; say $1 NODE_FAIL
      elif [ -e $here/silent.$1 ]; then rm $here/silent.$1
      elif [ -e $here/limit.$1 ]; then say $1 TIMEOUT
      elif [ -e $here/memory.$1 ]; then say $1 OUT_OF_MEMORY
      else
        while [ -e $here/hold ]; do sleep 0.05; done
        SLURM_ARRAY_TASK_ID=$1 bash $script > $here/out.$id.$1 2>&1 && say $1 COMPLETED || say $1 FAILED
      fi
    }
    for part in ${list//,/ }; do for k in $(seq ${part%-*} ${part#*-}); do
      echo "$k|RUNNING|$token|10:00|1G" > $here/state.$id.$k
    done; done
    (for part in ${list//,/ }; do for k in $(seq ${part%-*} ${part#*-}); do one $k; done; done) > /dev/null 2>&1 &
    echo $! > $here/process.$id
    echo $id

    """

  private static let squeue = """
    case "$*" in
      --version) ;;
      *%F*) for file in $here/state.*; do IFS='|' read -r k state token rest < $file; id=${file#*state.}; echo "${id%%.*}|$token"; done ;;
      *--jobs=*) all="$*"; id=${all#*--jobs=}; id=${id%% *}
        ls $here/state.$id.* > /dev/null 2>&1 || { echo "slurm_load_jobs error: Invalid job id specified" >&2; exit 1; }
        cat $here/state.$id.* ;;
    esac

    """

  private static let scancel = """
    case $1 in --version) exit 0;; esac
    echo "$@" >> $here/scancel.log
    for id; do case $id in
      *_*) sed -i 's/RUNNING/CANCELLED/' $here/state.${id%_*}.${id#*_} ;;
      *) kill $(cat $here/process.$id); sed -i 's/RUNNING/CANCELLED/' $here/state.$id.* ;;
    esac; done

    """
}
