package dev.offload.spring.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Matches in the service and not in its workers. On a component, a configuration or a
 * bean method: what must be there once, such as a client with a licence for one process.
 *
 * @see ConditionalOnOffloadWorker
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnServiceCondition.class)
public @interface ConditionalOnService {

}
