package dev.offload.busy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import com.zaxxer.hikari.HikariDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.jms.config.JmsListenerEndpointRegistry;
import org.springframework.jms.listener.MessageListenerContainer;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.stereotype.Service;

/**
 * A target that tells what goes on around it.
 */
@Service
public class Observer {

	private static final Logger logger = LoggerFactory.getLogger(Observer.class);

	private final ConfigurableApplicationContext context;

	private final ObjectProvider<ScheduledTaskHolder> tasks;

	Observer(ConfigurableApplicationContext context, ObjectProvider<ScheduledTaskHolder> tasks) {
		this.context = context;
		this.tasks = tasks;
	}

	/**
	 * What there is in this JVM and in its context.
	 * @return names and lists, the lists separated by commas
	 */
	public Map<String, String> observe() {
		// A log file is made by its first line.
		logger.warn("Observing");
		Map<String, String> seen = new LinkedHashMap<>();
		seen.put("seen", String.join(",", Witness.seen()));
		seen.put("listening-sockets", String.valueOf(listeningSockets()));
		seen.put("scheduled-tasks",
				String.valueOf(this.tasks.stream().mapToInt((holder) -> holder.getScheduledTasks().size()).sum()));
		seen.put("entity-manager-factory", String.valueOf(exists("entityManagerFactory")));
		seen.put("pool", exists("dataSource") ? pool() : "not there");
		seen.put("threads", threads());
		seen.put("mbeans", mbeans());
		seen.put("spring-shutdown-hook", String.valueOf(hasSpringShutdownHook()));
		seen.put("context-class", this.context.getClass().getSimpleName());
		seen.put("connector",
				exists("connector") ? String.valueOf(this.context.getBean(Connector.class).isComplete()) : "not there");
		return seen;
	}

	/**
	 * The systems whose messages are listened to.
	 * @return their names
	 */
	public Set<String> listeningTo() {
		Set<String> systems = new TreeSet<>();
		if (this.context.getBean(JmsListenerEndpointRegistry.class)
			.getListenerContainers()
			.stream()
			.anyMatch(MessageListenerContainer::isRunning)) {
			systems.add("jms");
		}
		if (this.context.getBean(KafkaListenerEndpointRegistry.class)
			.getListenerContainers()
			.stream()
			.anyMatch(Lifecycle::isRunning)) {
			systems.add("kafka");
		}
		// Not started by this application: it would wait for its broker.
		if (!this.context.getBean(RabbitListenerEndpointRegistry.class).getListenerContainers().isEmpty()) {
			systems.add("rabbit");
		}
		return systems;
	}

	/**
	 * Ends the context.
	 */
	public void close() {
		this.context.close();
	}

	private boolean exists(String bean) {
		return this.context.getBeanFactory().containsSingleton(bean);
	}

	private String pool() {
		HikariDataSource pool = this.context.getBean(HikariDataSource.class);
		return "up to " + pool.getMaximumPoolSize() + " connections, at least " + pool.getMinimumIdle();
	}

	private static String threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.distinct()
			.sorted()
			.collect(Collectors.joining(","));
	}

	private static String mbeans() {
		MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		return server.queryNames(null, null)
			.stream()
			.map(ObjectName::getDomain)
			.distinct()
			.sorted()
			.collect(Collectors.joining(","));
	}

	private static long listeningSockets() {
		Set<String> own = new HashSet<>();
		try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
			files.forEach((file) -> own.add(link(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Stream.of("/proc/self/net/tcp", "/proc/self/net/tcp6")
			.flatMap(Observer::lines)
			.map((line) -> line.trim().split("\\s+"))
			.filter((columns) -> columns[3].equals("0A") && own.contains("socket:[" + columns[9] + "]"))
			.count();
	}

	private static String link(Path file) {
		try {
			return Files.readSymbolicLink(file).toString();
		}
		catch (IOException ex) {
			// It was closed meanwhile.
			return "";
		}
	}

	private static Stream<String> lines(String file) {
		try {
			return Files.readAllLines(Path.of(file)).stream().skip(1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean hasSpringShutdownHook() {
		try {
			Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
			hooks.setAccessible(true);
			return ((Map<?, ?>) hooks.get(null)).keySet()
				.stream()
				.anyMatch((hook) -> ((Thread) hook).getName().equals("SpringApplicationShutdownHook"));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
