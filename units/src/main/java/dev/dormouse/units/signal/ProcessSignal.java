package dev.dormouse.units.signal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Handles a signal by the JDK's {@code sun.misc.Signal}, its only way that cannot be interrupted at a bad moment. The class is in the
 * exported module {@code jdk.unsupported}, but javac warns of every use by name, so it is found by name at run time.
 */
public final class ProcessSignal {
    private ProcessSignal() {}

    /**
     * From now on runs {@code order} each time the signal comes, on a thread of its own; several may run at once.
     *
     * @param name without SIG: {@code HUP}
     * @throws IllegalArgumentException if there is no such signal, or the JVM keeps it for itself
     */
    public static void on(String name, Runnable order) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            Object calls = Proxy.newProxyInstance(
                    ProcessSignal.class.getClassLoader(), new Class<?>[] {handler}, calling(order));
            handle.invoke(null, signal.getConstructor(String.class).newInstance(name), calls);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("signal " + name + " cannot be handled: " + e.getCause(), e);
        }
    }

    @SuppressWarnings("ReferenceEquality") // it is equal to itself alone
    private static InvocationHandler calling(Runnable order) {
        return (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                order.run();
                yield null;
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "handler of a signal";
        };
    }
}
