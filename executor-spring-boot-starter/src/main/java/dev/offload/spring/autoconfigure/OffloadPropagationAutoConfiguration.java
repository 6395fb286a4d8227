package dev.offload.spring.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.OnPropertyListCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import dev.offload.spi.MdcContextCarrier;
import dev.offload.spring.context.LocaleContextCarrier;

/**
 * Auto-configuration of what tasks take along of their callers' threads, in the service
 * and in its workers.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "offload.enabled", matchIfMissing = true)
public final class OffloadPropagationAutoConfiguration {

	private static final String MDC = "offload.propagation.mdc";

	// The outermost one, so that the identifiers of the worker's own span are not covered
	// by those of its caller.
	@Bean
	@ConditionalOnMissingBean
	@Conditional(NamesOfMdc.class)
	@Order(Ordered.HIGHEST_PRECEDENCE)
	MdcContextCarrier offloadMdcContextCarrier(Environment environment) {
		return new MdcContextCarrier(
				Binder.get(environment).bind(MDC, Bindable.listOf(String.class)).orElse(List.of()));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "offload.propagation.locale")
	LocaleContextCarrier offloadLocaleContextCarrier() {
		return new LocaleContextCarrier();
	}

	/**
	 * Matches where names were set.
	 */
	static class NamesOfMdc extends OnPropertyListCondition {

		NamesOfMdc() {
			super(MDC, () -> ConditionMessage.forCondition("Names of MDC values"));
		}

	}

}
