import Foundation
import Testing

/// A program `hq` that notes what it is asked, answers in HyperQueue's JSON, and does tasks here.
///
/// A file `lose.K` in its folder makes task K fail before it begins, once; `limit.K` makes it run out of time always; `hold`
/// keeps tasks from beginning; `down` keeps the server from answering.
struct HyperQueueStandIn: EngineStandIn {
  static let engine = "hyperqueue"
  let folder: String

  init(_ program: Program) throws { folder = try Self.install(["hq": Self.hq], program) }

  /// What it was asked, a line each time, that begins with a word.
  func asked(_ word: String) -> [String] { lines(of: "hq.log").filter { $0.hasPrefix(word) } }

  var submissions: [String] { asked("submit") }
  var isFollowed: Bool { !asked("job info").isEmpty }

  /// Another server, which knows of nothing and begins its numbers again, and somebody else's job 1 on it.
  func restart() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasPrefix("job.") || name.hasPrefix("task.") || name == "count" {
      try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
    try "somebody".write(toFile: folder + "/job.1", atomically: true, encoding: .utf8)
    try "1\n".write(toFile: folder + "/count", atomically: true, encoding: .utf8)
    for task in 1...40 {
      try "running".write(toFile: folder + "/task.1.\(task)", atomically: true, encoding: .utf8)
    }
  }

  private static let hq = """
    [ "$1" != --version ] || { echo 'hq 0.27.0'; exit 0; }
    [ "$1" = --output-mode=json ] || { echo "the stand-in knows JSON alone" >&2; exit 2; }
    shift
    for place in /proc/$$/fd/*; do n=${place##*/}; [ $n -le 2 ] || [ $n -ge 250 ] || eval "exec $n>&-"; done
    echo "$@" >> $here/hq.log
    [ ! -e $here/down ] || { echo '{"error": "Access token found but HQ server is unreachable"}'; exit 1; }
    info() { echo "{\\"id\\": $1, \\"name\\": \\"$(cat $here/job.$1)\\", \\"is_open\\": false}"; }
    joined() { local IFS=,; echo "[$*]"; }
    case "$1 $2" in
      "server info") echo '{"server_uid": "x", "version": "0.27.0"}' ;;
      "job list") all=(); for file in $here/job.*; do [ -e $file ] && all+=("$(info ${file##*.})"); done; joined "${all[@]}" ;;
      "job info")
        [ -e $here/job.$3 ] || { echo "[]"; exit 0; }
        tasks=()
        for file in $here/task.$3.*; do
          IFS='|' read -r state error < $file
          tasks+=("{\\"id\\": ${file##*.}, \\"state\\": \\"$state\\"${error:+, \\"error\\": \\"$error\\"}}")
        done
        echo "[{\\"info\\": $(info $3), \\"tasks\\": $(joined "${tasks[@]}")}]" ;;
      "job cancel") kill $(cat $here/process.$3); sed -i 's/^\\(running\\|waiting\\)/canceled/' $here/task.$3.* ;;
      "submit "*)
        for word; do case $word in --array=*) list=${word#*=};; --name=*) name=${word#*=};; esac; script=$word; done
        id=$(( $(cat $here/count 2>/dev/null || echo 0) + 1 )); echo $id > $here/count
        echo $name > $here/job.$id
        say() { echo "$2" > $here/new.$id.$1; mv $here/new.$id.$1 $here/task.$id.$1; }
        one() {
          if [ -e $here/lose.$1 ]; then rm $here/lose.$1; say $1 'failed|exit code -1. Received signal 9 (SIGKILL)'
          elif [ -e $here/limit.$1 ]; then say $1 'failed|Time limit reached'
          else
            while [ -e $here/hold ]; do sleep 0.05; done
            say $1 running
            HQ_TASK_ID=$1 $script > $here/out.$id.$1 && say $1 finished || say $1 'failed|Program terminated with exit code 1'
          fi
        }
        for part in ${list//,/ }; do for k in $(seq ${part%-*} ${part#*-}); do say $k waiting; done; done
        (for part in ${list//,/ }; do for k in $(seq ${part%-*} ${part#*-}); do one $k; done; done) > /dev/null 2>&1 &
        echo $! > $here/process.$id
        echo "{\\"id\\": $id}" ;;
      *) echo '{"error": "unknown"}'; exit 1 ;;
    esac

    """
}
