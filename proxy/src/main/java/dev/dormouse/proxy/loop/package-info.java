/**
 * The data plane on epoll: one loop a thread, each of which accepts from every listener and keeps the connections that it
 * accepted. What a loop owns is touched by its thread alone; others reach it by {@link dev.dormouse.proxy.loop.Mailbox}.
 */
@NullMarked
package dev.dormouse.proxy.loop;

import org.jspecify.annotations.NullMarked;
