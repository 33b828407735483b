package dev.dormouse.units.descriptor;

import dev.dormouse.units.descriptor.InheritedDescriptor.Family;
import dev.dormouse.units.libc.Libc;
import dev.dormouse.units.libc.LibcException;

/** Asks the kernel what a descriptor is, and accepts listening stream sockets and bound datagram sockets. */
final class SocketReader {
    private final SocketKernel kernel;

    SocketReader(SocketKernel kernel) {
        this.kernel = kernel;
    }

    void setCloseOnExec(int number, String name) {
        try {
            kernel.setCloseOnExec(number);
        } catch (LibcException e) {
            throw refused(number, name, e);
        }
    }

    InheritedDescriptor read(int number, String name) {
        try {
            int domain = kernel.option(number, Libc.SO_DOMAIN);
            Family family = family(number, name, domain);
            InheritedDescriptor.Type type = type(number, name);
            String address = BoundAddress.text(domain, kernel.address(number))
                    .orElseThrow(() -> wrong(number, name, "is a socket that is not bound to an address"));
            return new InheritedDescriptor(number, name, family, type, address);
        } catch (LibcException e) {
            throw refused(number, name, e);
        }
    }

    private static Family family(int number, String name, int domain) {
        return switch (domain) {
            case Libc.AF_INET -> Family.INET;
            case Libc.AF_INET6 -> Family.INET6;
            case Libc.AF_UNIX -> Family.UNIX;
            default ->
                throw wrong(number, name, "is a socket of address family " + domain + ", not inet, inet6 or unix");
        };
    }

    private InheritedDescriptor.Type type(int number, String name) {
        int type = kernel.option(number, Libc.SO_TYPE);
        return switch (type) {
            case Libc.SOCK_DGRAM -> InheritedDescriptor.Type.DATAGRAM;
            case Libc.SOCK_STREAM -> {
                if (kernel.option(number, Libc.SO_ACCEPTCONN) == 0) {
                    throw wrong(
                            number,
                            name,
                            "is a stream socket that does not listen (a socket unit with Accept=yes passes such)");
                }
                yield InheritedDescriptor.Type.STREAM;
            }
            default -> throw wrong(number, name, "is a socket of type " + type + ", neither stream nor datagram");
        };
    }

    private static DescriptorException refused(int number, String name, LibcException e) {
        return switch (e.errno()) {
            case Libc.EBADF -> wrong(number, name, "is not open");
            case Libc.ENOTSOCK -> wrong(number, name, "is not a socket");
            default -> new DescriptorException(what(number, name) + " cannot be used: " + e.getMessage(), e);
        };
    }

    private static DescriptorException wrong(int number, String name, String fault) {
        return new DescriptorException(what(number, name) + " " + fault
                + "; pass listening stream sockets (ListenStream=, Accept=no) or datagram sockets (ListenDatagram=)");
    }

    private static String what(int number, String name) {
        return "descriptor " + number + " (" + name + ") of LISTEN_FDS";
    }
}
