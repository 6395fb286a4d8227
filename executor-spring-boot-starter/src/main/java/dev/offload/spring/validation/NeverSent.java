package dev.offload.spring.validation;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.offload.spring.TypeHierarchy;

/**
 * Types that mean something in this process only, and what to pass instead.
 */
final class NeverSent {

	private static final String OF_PROCESS = "is part of this process; create it where it is used";

	private static final String OF_REQUEST = "belongs to the current request; read what is needed from it and pass "
			+ "that";

	private static final String OF_DATABASE = "belongs to a connection of this process; get one where it is used";

	private static final String OF_MEMORY = "is memory of this process; pass a byte[], or a ByteBuffer as the parameter itself";

	/** Types by name, for most of them need not be there. */
	private static final Map<String, String> TYPES = types();

	private static final Map<String, String> PACKAGES = packages();

	private NeverSent() {
	}

	/**
	 * Why no value of a type can be sent.
	 * @param type the type
	 * @return why and what to do, or {@code null} if there may be such values
	 */
	static @Nullable String reason(Class<?> type) {
		for (Class<?> current : TypeHierarchy.of(type)) {
			String reason = TYPES.get(current.getName());
			if (reason != null && !(current == AutoCloseable.class && Serializable.class.isAssignableFrom(type))) {
				return reason;
			}
			for (Map.Entry<String, String> entry : PACKAGES.entrySet()) {
				if (current.getName().startsWith(entry.getKey())) {
					return entry.getValue();
				}
			}
		}
		return null;
	}

	/**
	 * Why a field of a type can never be sent with its object. A field says less than a
	 * parameter: locks that are sent are copies, which does no harm, and what implements
	 * an interface of the application may be anything.
	 * @param type the type of the field
	 * @return why and what to do, or {@code null} if it may be sent
	 */
	static @Nullable String reasonOfField(Class<?> type) {
		boolean open = type.isInterface() && !isOfPlatform(type);
		boolean concurrent = type.getName().startsWith("java.util.concurrent.");
		return (open || concurrent || Serializable.class.isAssignableFrom(type)) ? null : reason(type);
	}

	private static boolean isOfPlatform(Class<?> type) {
		return TYPES.containsKey(type.getName()) || JdkNames.matches(type)
				|| PACKAGES.keySet().stream().anyMatch(type.getName()::startsWith);
	}

	private static Map<String, String> packages() {
		Map<String, String> packages = new LinkedHashMap<>();
		for (String name : new String[] { "jakarta.servlet.", "javax.servlet.",
				"org.springframework.http.codec.multipart.", "org.springframework.http.server.",
				"org.springframework.web.context.request.", "org.springframework.web.reactive.function.server.",
				"org.springframework.web.reactive.socket.", "org.springframework.web.server.",
				"org.springframework.web.servlet.", "org.springframework.web.socket." }) {
			packages.put(name, OF_REQUEST);
		}
		return packages;
	}

	private static Map<String, String> types() {
		Map<String, String> types = new LinkedHashMap<>();
		types.put("java.lang.AutoCloseable",
				"is an open resource of this process; pass its content, such as a byte[] or "
						+ "a list, the path of a file, or by itself a java.io.InputStream");
		types.put("org.springframework.core.io.InputStreamSource",
				"is read in this process; pass it by itself as a Resource or a MultipartFile, its content as a byte[], or "
						+ "the path of a file");
		types.put("org.springframework.ui.Model",
				"is filled for a view of the current request; return what is to be in it");
		types.put("java.nio.Buffer", OF_MEMORY);
		types.put("org.springframework.core.io.buffer.DataBuffer", OF_MEMORY);
		put(types, OF_PROCESS, "java.lang.Thread", "java.lang.ThreadGroup", "java.lang.ThreadLocal",
				"java.lang.ClassLoader", "java.lang.Process", "java.util.Timer", "java.util.concurrent.Executor",
				"java.util.concurrent.Future", "java.util.concurrent.CompletionStage",
				"java.util.concurrent.CountDownLatch", "java.util.concurrent.CyclicBarrier",
				"java.util.concurrent.Exchanger", "java.util.concurrent.Phaser", "java.util.concurrent.Semaphore",
				"java.util.concurrent.locks.Condition", "java.util.concurrent.locks.Lock",
				"java.util.concurrent.locks.ReadWriteLock", "java.util.concurrent.locks.StampedLock",
				"org.springframework.beans.factory.BeanFactory", "org.springframework.core.env.Environment");
		put(types, OF_DATABASE, "javax.sql.DataSource", "java.sql.Blob", "java.sql.Clob",
				"jakarta.persistence.EntityManager", "jakarta.persistence.EntityManagerFactory",
				"jakarta.persistence.Query");
		return Map.copyOf(types);
	}

	private static void put(Map<String, String> types, String reason, String... names) {
		for (String name : names) {
			types.put(name, reason);
		}
	}

}
