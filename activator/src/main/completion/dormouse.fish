# fish completion of dormouse.
function __dormouse_files
    for file in $argv[1]/*.json
        basename $file .json
    end
end
complete -c dormouse -f
complete -c dormouse -l help -s h -d 'Print help'
complete -c dormouse -n __fish_use_subcommand -a enable -d 'Let a container sleep until someone connects'
complete -c dormouse -n __fish_use_subcommand -a disable -d 'Close the sockets of a service for good'
complete -c dormouse -n __fish_use_subcommand -a list -d 'Show how services are declared'
complete -c dormouse -n __fish_use_subcommand -a status -d 'Say what sleeps and what is awake'
complete -c dormouse -n __fish_use_subcommand -a wake -d 'Start containers and wait until they are ready'
complete -c dormouse -n __fish_use_subcommand -a sleep -d 'Put services to sleep now'
complete -c dormouse -n __fish_use_subcommand -a pause -d 'Hold services for maintenance'
complete -c dormouse -n __fish_use_subcommand -a resume -d 'End a pause'
complete -c dormouse -n __fish_use_subcommand -a logs -d 'Print the journal of the units of a service'
complete -c dormouse -n '__fish_seen_subcommand_from disable status wake sleep pause resume logs' -a '(__dormouse_files /etc/dormouse/services)'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -a '(__dormouse_files /var/lib/dormouse/wake)'
complete -c dormouse -n '__fish_seen_subcommand_from list status' -l json -d 'Print JSON'
complete -c dormouse -n '__fish_seen_subcommand_from status' -l watch -d 'Draw it anew every second'
complete -c dormouse -n '__fish_seen_subcommand_from logs' -l follow -s f -d 'Go on with what is written'
complete -c dormouse -n '__fish_seen_subcommand_from logs' -l lines -s n -x -d 'Only the last lines'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l listen -r -F -d 'Where clients connect'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l port -x -d 'TCP port of the container'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l idle -x -d 'Fall asleep after'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l min-awake -x -d 'Stay awake for'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l ready -x -a 'auto health listening tcp http:/ command: log:' -d 'What must be seen'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l deadline -x -d 'A client waits at most'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l queue-deadline -x -d 'Wait for a turn at most'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l unit-deadline -x -d 'Start within'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l connections-max -x -d 'Of each socket'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l container -x -a '(__dormouse_files /var/lib/dormouse/wake)' -d 'What the service wakes'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l after -x -a '(__dormouse_files /etc/dormouse/services)' -d 'Woken first'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l group -x -d 'Wake and sleep together'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l socket-mode -x -d 'Of unix sockets'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l socket-user -x -a '(__fish_complete_users)' -d 'Of unix sockets'
complete -c dormouse -n '__fish_seen_subcommand_from enable' -l socket-group -x -a '(__fish_complete_groups)' -d 'Of unix sockets'
