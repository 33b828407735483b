package dev.dormouse.daemon.api.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Serves HTTP/1.1 on listening sockets. Thread-safe. */
public final class HttpServer implements AutoCloseable {
    static final String CODEC = "http";
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    static {
        // Netty's channel ids would be made from a network interface's address: looking for one takes time, and finding
        // none is
        // a warning. Nothing here uses them.
        System.setProperty("io.netty.machineId", "02:00:00:00:00:01");
    }

    private final RequestHandler handler;
    private final Map<String, String> commonHeaders;
    private final HttpLimits limits;
    private final EventLoopGroup loop;
    private final List<Channel> listeners = new CopyOnWriteArrayList<>();
    private final Map<Channel, Connection> connections = new ConcurrentHashMap<>();

    private HttpServer(
            RequestHandler handler, Map<String, String> commonHeaders, HttpLimits limits, EventLoopGroup loop) {
        this.handler = handler;
        this.commonHeaders = commonHeaders;
        this.limits = limits;
        this.loop = loop;
    }

    /**
     * A server without a listening socket yet.
     *
     * @param commonHeaders sent with every answer
     */
    public static HttpServer create(RequestHandler handler, Map<String, String> commonHeaders) {
        return create(handler, commonHeaders, HttpLimits.ofProcess());
    }

    static HttpServer create(RequestHandler handler, Map<String, String> commonHeaders, HttpLimits limits) {
        // One loop moves bytes for all: the work is done on virtual threads.
        return new HttpServer(
                handler,
                Map.copyOf(commonHeaders),
                limits,
                new EpollEventLoopGroup(1, new DefaultThreadFactory("api")));
    }

    /** Loads the native transport and the HTTP codec, which takes longest of a start; may be called from any thread beforehand. */
    public static void preload() {
        Epoll.ensureAvailability();
        HttpServerCodec _ = codec();
    }

    /** Whether the event loop gets round to its work, within a second. */
    public boolean isResponsive() {
        return loop.submit(() -> {}).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }

    /**
     * Serves on one more listening socket from now on.
     *
     * @throws IOException if it cannot; the message names the socket
     */
    public void listen(ListeningSocket socket) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                // Buffers come and go with requests: a pool would keep megabytes for an engine that is idle most of the
                // time.
                .childOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                });
        listeners.add(socket.open(bootstrap));
    }

    private void accept(Channel channel) {
        if (connections.size() >= limits.connections()) {
            channel.pipeline().addLast(CODEC, codec()).addLast(new TooManyConnections(limits.connections()));
            return;
        }
        Connection connection = new Connection(channel, handler, commonHeaders);
        connections.put(channel, connection);
        ChannelFuture _ = channel.closeFuture().addListener(_ -> connections.remove(channel));
        HeadTimer timer = new HeadTimer(connection, limits.head());
        channel.pipeline().addLast(timer).addLast(CODEC, codec()).addLast(new ConnectionHandler(connection, timer));
    }

    private static HttpServerCodec codec() {
        return new HttpServerCodec(RequestHeads.LINE_BYTES, RequestHeads.HEADER_BYTES, CHUNK_BYTES);
    }

    /** Stops listening and lets the answers that are under way end; streams are ended. Returns when all have, or after {@code grace}. */
    public void drain(Duration grace) throws InterruptedException {
        for (Channel listener : listeners) {
            listener.close().await();
        }
        long deadline = System.nanoTime() + grace.toNanos();
        Set<Map.Entry<Channel, Connection>> open = Set.copyOf(connections.entrySet());
        open.forEach(entry -> entry.getValue().drain());
        for (Map.Entry<Channel, Connection> entry : open) {
            entry.getKey().closeFuture().await(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    /** Closes everything at once. */
    @Override
    public void close() {
        listeners.forEach(listener -> listener.close().syncUninterruptibly());
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
