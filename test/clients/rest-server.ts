import type { AddressInfo } from 'node:net'
import express from 'express'
import { v7 } from 'uuid'
import { migrate } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { createEmbeddedEngine, everybody } from '../../engine/index.ts'
import { type EngineRestOptions, makeEngineRest } from '../../engine/rest/router.ts'
import { migrations } from '../../migrations/index.ts'

/** The REST API over an engine in memory, on a free port: what a client of Camunda 7 sees. Open, unless accounts are given. */
export async function restServer(callerOf: EngineRestOptions['callerOf'] = async () => everybody) {
  const database = await openDatabase('sqlite::memory:')
  await migrate(database, migrations, Date.now())
  const engine = createEmbeddedEngine({ database, now: () => Date.now(), newId: () => v7() })
  await engine.start()
  const app = express()
  app.use('/engine-rest', makeEngineRest({ engine, callerOf }))
  const server = app.listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/engine-rest`
  return {
    base,
    engine,
    async stop(): Promise<void> {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await engine.stop()
      await database.close()
    },
  }
}

/** A process with one external task that may fail with a business error, and a task behind each outcome. */
export const externalTaskProcess = (key: string, topic: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
  <process id="${key}" isExecutable="true" camunda:historyTimeToLive="5">
    <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="work"/>
    <serviceTask id="work" camunda:type="external" camunda:topic="${topic}">
      <extensionElements><camunda:properties><camunda:property name="colour" value="red"/></camunda:properties></extensionElements>
    </serviceTask>
    <boundaryEvent id="caught" attachedToRef="work"><errorEventDefinition errorRef="refused"/></boundaryEvent>
    <sequenceFlow id="f2" sourceRef="work" targetRef="done"/><userTask id="done"/>
    <sequenceFlow id="f3" sourceRef="caught" targetRef="repair"/><userTask id="repair"/>
  </process>
  <error id="refused" errorCode="REFUSED"/>
</definitions>`
