/** What operators see of a bot: its log, its dump, its figures and its inputs. */
package org.intelmq.engine.observe;
