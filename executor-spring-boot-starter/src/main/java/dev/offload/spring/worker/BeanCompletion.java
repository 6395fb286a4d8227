package dev.offload.spring.worker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;

/**
 * Completes beans that are created on demand: it makes the callbacks that Spring makes at
 * the start of a context, in the order of creation, as soon as the request that created
 * them is over. Without them a connection factory is not started and a cache not set up.
 * Beans that wait for work of their own, such as message listeners, stay still.
 */
final class BeanCompletion {

	private static final Set<String> LISTENERS = Set.of(
			"org.springframework.jms.listener.AbstractJmsListeningContainer",
			"org.springframework.jms.config.JmsListenerEndpointRegistry",
			"org.springframework.kafka.listener.MessageListenerContainer",
			"org.springframework.kafka.config.KafkaListenerEndpointRegistry",
			"org.springframework.kafka.config.StreamsBuilderFactoryBean",
			"org.springframework.amqp.rabbit.listener.MessageListenerContainer",
			"org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry",
			"org.springframework.pulsar.listener.PulsarMessageListenerContainer",
			"org.springframework.pulsar.config.GenericListenerEndpointRegistry",
			"io.awspring.cloud.sqs.listener.MessageListenerContainer",
			"org.springframework.data.redis.listener.RedisMessageListenerContainer",
			"org.springframework.data.redis.stream.StreamMessageListenerContainer",
			"org.springframework.integration.endpoint.AbstractEndpoint",
			"org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler");

	private static final Set<String> SCHEDULERS = Set.of("org.springframework.scheduling.quartz.SchedulerFactoryBean");

	private final Set<String> stayStill = new HashSet<>();

	// Kept beyond a request that fails: its beans stay, and the next request uses them.
	private final Queue<Object> created = new ConcurrentLinkedQueue<>();

	// How deep the requests of each thread are nested.
	private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

	// Set once, when the context is up; any thread reads it.
	private volatile boolean open;

	BeanCompletion() {
		if (Exclusion.MESSAGE_LISTENERS.applies()) {
			this.stayStill.addAll(LISTENERS);
		}
		if (Exclusion.SCHEDULING.applies()) {
			this.stayStill.addAll(SCHEDULERS);
		}
	}

	/**
	 * All types that stay still.
	 * @return their names
	 */
	static Set<String> knownTypes() {
		Set<String> types = new HashSet<>(LISTENERS);
		types.addAll(SCHEDULERS);
		return types;
	}

	void open() {
		this.open = true;
	}

	void created(Object bean) {
		if (this.open && (bean instanceof SmartInitializingSingleton || bean instanceof SmartLifecycle)) {
			this.created.add(bean);
		}
	}

	void enter() {
		this.depth.set(this.depth.get() + 1);
	}

	void succeeded() {
		if (this.depth.get() == 1 && !this.created.isEmpty()) {
			complete();
		}
	}

	void exit() {
		int outer = this.depth.get() - 1;
		if (outer == 0) {
			this.depth.remove();
		}
		else {
			this.depth.set(outer);
		}
	}

	// A callback may ask for more beans: they are added to the end.
	private void complete() {
		List<SmartLifecycle> toStart = new ArrayList<>();
		for (Object bean = this.created.poll(); bean != null; bean = this.created.poll()) {
			if (bean instanceof SmartInitializingSingleton singleton) {
				singleton.afterSingletonsInstantiated();
			}
			if (bean instanceof SmartLifecycle lifecycle) {
				toStart.add(lifecycle);
			}
		}
		toStart.forEach(this::start);
	}

	private void start(SmartLifecycle bean) {
		if (bean.isAutoStartup() && !bean.isRunning() && !TypeNames.isAnyOf(bean.getClass(), this.stayStill)) {
			bean.start();
		}
	}

}
