package dev.dormouse.units.descriptor;

import dev.dormouse.units.libc.Libc;

/** What is asked of the kernel about a descriptor; each throws {@link dev.dormouse.units.libc.LibcException} if it refuses. */
interface SocketKernel {
    /** The real one. */
    SocketKernel LINUX = new SocketKernel() {
        @Override
        public void setCloseOnExec(int descriptor) {
            int flags = Libc.fcntl(descriptor, Libc.F_GETFD, 0);
            Libc.fcntl(descriptor, Libc.F_SETFD, flags | Libc.FD_CLOEXEC);
        }

        @Override
        public int option(int descriptor, int option) {
            return Libc.getsockopt(descriptor, Libc.SOL_SOCKET, option);
        }

        @Override
        public byte[] address(int descriptor) {
            return Libc.getsockname(descriptor);
        }
    };

    void setCloseOnExec(int descriptor);

    /** An option of level SOL_SOCKET. */
    int option(int descriptor, int option);

    /** {@code struct sockaddr} that it is bound to. */
    byte[] address(int descriptor);
}
