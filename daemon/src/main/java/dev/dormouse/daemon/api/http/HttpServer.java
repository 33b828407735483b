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
import java.util.Optional;
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
    /** System.nanoTime() when the last connection ended, or the server was made. */
    private volatile long lastConnection = System.nanoTime();

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
        ChannelFuture _ = channel.closeFuture().addListener(_ -> {
            lastConnection = System.nanoTime();
            connections.remove(channel);
        });
        HeadTimer timer = new HeadTimer(connection, limits.head());
        channel.pipeline().addLast(timer).addLast(CODEC, codec()).addLast(new ConnectionHandler(connection, timer));
    }

    private static HttpServerCodec codec() {
        return new HttpServerCodec(RequestHeads.LINE_BYTES, RequestHeads.HEADER_BYTES, CHUNK_BYTES);
    }

    /** For how long there has been no connection; absent: there is one. */
    public Optional<Duration> quiet() {
        return connections.isEmpty()
                ? Optional.of(Duration.ofNanos(System.nanoTime() - lastConnection))
                : Optional.empty();
    }

    /**
     * Accepts no more, unless somebody is connected: who connects from now on waits in the listening socket.
     *
     * @return whether nobody is; false: nothing has changed
     */
    public boolean pauseIfQuiet() {
        // On the loop, which accepts too: nothing comes between the pause and the look.
        return loop.submit(() -> {
                    listeners.forEach(listener -> listener.config().setAutoRead(false));
                    boolean nobody = connections.isEmpty();
                    if (!nobody) {
                        listeners.forEach(listener -> listener.config().setAutoRead(true));
                    }
                    return nobody;
                })
                .syncUninterruptibly()
                .getNow();
    }

    /** Stops listening; every connection ends with its next answer. */
    public void stopListening() {
        listeners.forEach(listener -> listener.close().syncUninterruptibly());
        connections.values().forEach(Connection::drain);
    }

    /**
     * Lets the answers that are under way end.
     *
     * @param streams whether streams are waited for too, of which some never end by themselves
     * @return whether they have within {@code grace}
     */
    public boolean awaitAnswers(Duration grace, boolean streams) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        boolean ended = true;
        for (Connection connection : Set.copyOf(connections.values())) {
            ended &= connection.awaitAnswer(deadline, streams);
        }
        return ended;
    }

    /** Ends streams and every connection that waits for a request; whether all are gone within {@code grace}. */
    public boolean endConnections(Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        Set<Map.Entry<Channel, Connection>> open = Set.copyOf(connections.entrySet());
        open.forEach(entry -> entry.getValue().end());
        boolean gone = true;
        for (Map.Entry<Channel, Connection> entry : open) {
            gone &= entry.getKey().closeFuture().await(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        return gone;
    }

    /** Closes everything at once. */
    @Override
    public void close() {
        listeners.forEach(listener -> listener.close().syncUninterruptibly());
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
