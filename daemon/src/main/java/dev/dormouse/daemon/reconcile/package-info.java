/** What a container's record says against what is true of it, and what follows: docs/reconciliation.md. */
@NullMarked
package dev.dormouse.daemon.reconcile;

import org.jspecify.annotations.NullMarked;
