import { render } from 'solid-js/web'
import { DesignPage } from './DesignPage.tsx'
import '../styles.css'

const root = document.getElementById('root')
if (!root) throw new Error('design.html has no #root')
render(() => <DesignPage />, root)
