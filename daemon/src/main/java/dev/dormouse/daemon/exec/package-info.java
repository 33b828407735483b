/** More processes in running containers: {@code docker exec} by {@code crun exec}. */
@NullMarked
package dev.dormouse.daemon.exec;

import org.jspecify.annotations.NullMarked;
