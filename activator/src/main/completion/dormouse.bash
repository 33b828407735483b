# bash completion of dormouse: bash-completion(7) loads it at the first TAB.
_dormouse() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} options names
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W 'enable disable list status wake sleep pause resume logs --help' -- "$word")
    return
  fi
  case $command in
    enable) options='--listen --pass --port --idle --freeze-after --idle-cpu --idle-veto --keep-warm --min-awake --ready --deadline --queue-deadline --unit-deadline --connections-max --connections-max-per-source --container --after --group --socket-mode --socket-user --socket-group --allow-from --allow-sni --allow-host --allow-path --min-bytes --waiting-page --proxy-protocol --udp-timeout' ;;
    list) options=--json ;;
    status) options='--json --watch' ;;
    logs) options='--follow --lines' ;;
    *) options= ;;
  esac
  case $previous in
    --ready) mapfile -t COMPREPLY < <(compgen -W 'auto health listening tcp http:/ command: log:' -- "$word"); return ;;
    --proxy-protocol) mapfile -t COMPREPLY < <(compgen -W 'v1 v2' -- "$word"); return ;;
    --socket-user) mapfile -t COMPREPLY < <(compgen -u -- "$word"); return ;;
    --socket-group) mapfile -t COMPREPLY < <(compgen -g -- "$word"); return ;;
    --listen) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --container) names=$(_dormouse_files /var/lib/dormouse/wake) ;;
    --after) names=$(_dormouse_files /etc/dormouse/services) ;;
    --*) case $previous in --json | --watch | --pass | --follow | --help) names=$(_dormouse_files /etc/dormouse/services) ;; *) return ;; esac ;;
    *)
      # What is enabled may be a container that is no service yet.
      names=$(_dormouse_files /etc/dormouse/services)
      if [ "$command" = enable ]; then names="$names $(_dormouse_files /var/lib/dormouse/wake)"; fi
      ;;
  esac
  case $word in
    -*) mapfile -t COMPREPLY < <(compgen -W "$options --help" -- "$word") ;;
    *) if [ "$command" != list ]; then mapfile -t COMPREPLY < <(compgen -W "$names" -- "$word"); fi ;;
  esac
}

# The names of a folder's JSON files.
_dormouse_files() {
  local file
  for file in "$1"/*.json; do
    file=${file##*/}
    if [ "$file" != '*.json' ]; then echo "${file%.json}"; fi
  done
}
complete -F _dormouse dormouse
