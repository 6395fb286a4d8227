package dev.offload.busy;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManager;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A target with all annotations that make something happen, and with a database.
 */
@Service
public class Ledger {

	private final EntityManager entities;

	private final ApplicationEventPublisher events;

	private final MeterRegistry meters;

	Ledger(EntityManager entities, ApplicationEventPublisher events, MeterRegistry meters, Connector connector) {
		this.entities = entities;
		this.events = events;
		this.meters = meters;
		connector.requireStarted();
	}

	@Scheduled(fixedRate = 20)
	void tick() {
		Witness.saw("scheduled");
	}

	@JmsListener(destination = "busy")
	void jms(String message) {
		Witness.saw("jms-message");
	}

	@KafkaListener(id = "busy", topics = "busy")
	void kafka(String message) {
		Witness.saw("kafka-message");
	}

	@RabbitListener(queues = "busy")
	void rabbit(String message) {
		Witness.saw("rabbit-message");
	}

	/**
	 * The tables of the database that this bean talks to.
	 * @return their names, in lower case
	 */
	@Transactional
	public List<String> tables() {
		this.meters.counter("ledger.asked").increment();
		this.events.publishEvent(new Asked());
		List<?> names = this.entities
			.createNativeQuery("select lower(table_name) from information_schema.tables where table_schema = 'PUBLIC'")
			.getResultList();
		return names.stream().map(Object::toString).sorted().toList();
	}

	@EventListener
	void asked(Asked event) {
		Witness.saw("own-event");
	}

	/**
	 * An event of the application itself.
	 */
	record Asked() {
	}

}
