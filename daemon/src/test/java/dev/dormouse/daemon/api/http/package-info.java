@NullMarked
package dev.dormouse.daemon.api.http;

import org.jspecify.annotations.NullMarked;
