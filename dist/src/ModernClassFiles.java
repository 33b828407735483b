import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites the jars of a folder whose classes are of the format of Java 5 or before (picocli's are): the same code, with the stack maps
 * of Java 8. The JVM keeps no older class in an AOT cache (systemDictionaryShared.cpp, "Old class has been linked"), and reading and
 * verifying picocli's takes a fifth of a cold start (docs/adr/0022-cold-starts.md). Run by the build: {@code ModernClassFiles FOLDER}.
 */
final class ModernClassFiles {
    /** The first format with stack maps, without which a class is not cached: Java 6. */
    private static final int WITH_STACK_MAPS = 50;

    private static final int MAJOR_VERSION_AT = 6;

    private final ClassLoader loader;

    private ModernClassFiles(ClassLoader loader) {
        this.loader = loader;
    }

    public static void main(String[] arguments) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
        URL[] all = new URL[jars.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = jars.get(i).toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(all, ClassLoader.getPlatformClassLoader())) {
            for (Path jar : jars) {
                new ModernClassFiles(loader).rewrite(jar);
            }
        }
    }

    private void rewrite(Path path) throws IOException {
        Path rewritten = path.resolveSibling(path.getFileName() + ".new");
        int changed = 0;
        try (JarFile jar = new JarFile(path.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(rewritten))) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                byte[] content = jar.getInputStream(entry).readAllBytes();
                if (isOldClass(entry.getName(), content)) {
                    content = modern(content);
                    changed++;
                }
                JarEntry copy = new JarEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(content);
                out.closeEntry();
            }
        }
        if (changed == 0) {
            Files.delete(rewritten);
        } else {
            Files.move(rewritten, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isOldClass(String name, byte[] content) {
        return name.endsWith(".class")
                && (((content[MAJOR_VERSION_AT] & 0xff) << 8) | (content[MAJOR_VERSION_AT + 1] & 0xff)) < WITH_STACK_MAPS;
    }

    private byte[] modern(byte[] content) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return loader;
            }
        };
        ClassVisitor asJava8 = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visit(
                    int version, int access, String name, String signature, String superName, String[] interfaces) {
                super.visit(Opcodes.V1_8, access, name, signature, superName, interfaces);
            }
        };
        new ClassReader(content).accept(asJava8, ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }
}
